<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FindingsModel</name>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Area m²</source>
        <translation>面积 m²</translation>
    </message>
    <message>
        <source>Height m</source>
        <translation>高差 m</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
</context>
<context>
    <name>LayerTreeModel</name>
    <message>
        <source>Findings and cases</source>
        <translation>图斑与案件</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Surveys</source>
        <translation>航测期次</translation>
    </message>
</context>
<context>
    <name>registers</name>
    <message>
        <source>Household no.</source>
        <translation>户编号</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>户主</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>村社</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Built area (m²)</source>
        <translation>建筑面积（m²）</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Building no.</source>
        <translation>建筑编号</translation>
    </message>
    <message>
        <source>Parcel no.</source>
        <translation>宗地代码</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Height (m)</source>
        <translation>高度（m）</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>建成日期</translation>
    </message>
    <message>
        <source>Finding no.</source>
        <translation>图斑编号</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可情况</translation>
    </message>
    <message>
        <source>Area (m²)</source>
        <translation>面积（m²）</translation>
    </message>
    <message>
        <source>Area ± (m²)</source>
        <translation>面积误差 ±（m²）</translation>
    </message>
    <message>
        <source>Height change (m)</source>
        <translation>高度变化（m）</translation>
    </message>
    <message>
        <source>Excess area (m²)</source>
        <translation>超许可面积（m²）</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>管控区</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前期</translation>
    </message>
    <message>
        <source>After</source>
        <translation>后期</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Case no.</source>
        <translation>案号</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Opened on</source>
        <translation>建案日期</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>当事人</translation>
    </message>
    <message>
        <source>Lead officer</source>
        <translation>主办人</translation>
    </message>
    <message>
        <source>Second officer</source>
        <translation>协办人</translation>
    </message>
    <message>
        <source>Hash (SHA-256)</source>
        <translation>哈希（SHA-256）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Position by</source>
        <translation>定位方式</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Direction (°)</source>
        <translation>方向（°）</translation>
    </message>
    <message>
        <source>Above take-off (m)</source>
        <translation>距起飞点高度（米）</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Easting (m)</source>
        <translation>东坐标（米）</translation>
    </message>
    <message>
        <source>Northing (m)</source>
        <translation>北坐标（米）</translation>
    </message>
    <message>
        <source>Ordered area (m²)</source>
        <translation>责令拆除面积（m²）</translation>
    </message>
    <message>
        <source>Households</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>review_words</name>
    <message>
        <source>Shadow</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Vegetation</source>
        <translation>植被</translation>
    </message>
    <message>
        <source>Vehicle or temporary object</source>
        <translation>车辆或临时堆放物</translation>
    </message>
    <message>
        <source>Greenhouse</source>
        <translation>大棚</translation>
    </message>
    <message>
        <source>Images out of line</source>
        <translation>影像错位</translation>
    </message>
    <message>
        <source>Already permitted</source>
        <translation>已有许可</translation>
    </message>
    <message>
        <source>Outside the jurisdiction</source>
        <translation>不属本辖区</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>{reason}: {note}</source>
        <translation>{reason}：{note}</translation>
    </message>
</context>
</TS>
